{{- define "espalier.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{- define "espalier.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "espalier.labels" -}}
{{ include "espalier.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "espalier.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "espalier.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (include "espalier.fullname" .) }}
{{- end -}}

{{- define "espalier.secret" -}}
{{ required "existingSecret is empty, expected the name of a Secret with the keys cluster-secret and cache-secret. Maybe: kubectl create secret generic espalier --from-file=cluster-secret --from-file=cache-secret" .Values.existingSecret }}
{{- end -}}

{{- define "espalier.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "espalier.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Addresses of the cache's members, with a port, joined by commas. */}}
{{- define "espalier.cacheMembers" -}}
{{- $name := include "espalier.fullname" . -}}
{{- $members := list -}}
{{- range $i := until (int .Values.cache.replicas) -}}
{{- $members = append $members (printf "%s-cache-%d.%s-cache:5701" $name $i $name) -}}
{{- end -}}
{{ join "," $members }}
{{- end -}}

{{- define "espalier.probes" -}}
startupProbe:
  httpGet: {path: /-/healthy, port: metrics}
  periodSeconds: 5
  failureThreshold: 60
readinessProbe:
  httpGet: {path: /-/healthy, port: metrics}
  periodSeconds: 10
livenessProbe:
  httpGet: {path: /-/healthy, port: metrics}
  periodSeconds: 15
  timeoutSeconds: 5
  failureThreshold: 6
{{- end -}}
