'use strict';

(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const job = document.querySelector('h1').textContent;

  const kinds = {
    trial: {label: 'measured', colour: '#b6c0cc', radius: 3},
    front: {label: 'front', colour: '#1f6feb', radius: 5},
    uniform: {label: 'uniform width', colour: '#d1242f', radius: 6, style: 'rectRot'},
    random: {label: 'best of random', colour: '#8250df', radius: 6, style: 'triangle'},
  };

  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.font.family = 'system-ui, sans-serif';

  // A page that is loaded again keeps what was picked, where a browser lets it.
  const memory = {
    get() {
      try {
        return sessionStorage.getItem(job);
      } catch {
        return null;
      }
    },
    set(id) {
      try {
        sessionStorage.setItem(job, id);
      } catch {
        // The next page begins with its own choice.
      }
    },
  };

  const percent = (share, digits) => (100 * share).toFixed(digits) + '%';

  function count(value) {
    for (const [unit, size] of [['G', 1e9], ['M', 1e6], ['k', 1e3]]) {
      if (value >= size) {
        return Number((value / size).toPrecision(3)) + unit;
      }
    }
    return String(value);
  }

  function points(kind) {
    const {label, colour, radius, style} = kinds[kind];
    return {
      label,
      data: data.points
        .filter((point) => point.kind === kind)
        .map((point) => ({x: point.cost, y: point.accuracy, point})),
      backgroundColor: colour,
      borderColor: colour,
      pointStyle: style ?? 'circle',
      radius,
      hoverRadius: radius + 2,
    };
  }

  /** Draws the interval of every point that is not only one of many. */
  const intervals = {
    id: 'intervals',
    beforeDatasetsDraw(chart) {
      const {ctx, scales} = chart;
      ctx.save();
      chart.data.datasets.forEach((dataset, i) => {
        if (dataset.label === kinds.trial.label || !chart.isDatasetVisible(i)) {
          return;
        }
        ctx.strokeStyle = dataset.borderColor;
        ctx.globalAlpha = 0.45;
        ctx.lineWidth = 1.5;
        for (const {x, point} of dataset.data) {
          const at = scales.x.getPixelForValue(x);
          ctx.beginPath();
          ctx.moveTo(at, scales.y.getPixelForValue(point.low));
          ctx.lineTo(at, scales.y.getPixelForValue(point.high));
          ctx.stroke();
        }
      });
      ctx.restore();
    },
  };

  // Of the points that have one, the whole interval is to be seen.
  const ends = data.points.flatMap((point) =>
    point.kind === 'trial' ? [point.accuracy] : [point.low, point.high]);

  const front = new Chart('front-picture', {
    type: 'scatter',
    data: {datasets: ['uniform', 'random', 'front', 'trial'].map(points).filter((set) => set.data.length)},
    plugins: [intervals],
    options: {
      scales: {
        x: {title: {display: true, text: data.metric}, ticks: {callback: count}},
        y: {
          title: {display: true, text: 'accuracy'},
          ticks: {callback: (share) => percent(share, 0)},
          suggestedMin: Math.min(...ends),
          suggestedMax: Math.max(...ends),
        },
      },
      plugins: {
        legend: {labels: {usePointStyle: true}},
        tooltip: {
          callbacks: {
            label({raw: {point}}) {
              const interval = `${percent(point.low, 1)} to ${percent(point.high, 1)}`;
              return `${point.id}: ${percent(point.accuracy, 2)} (${interval}), ${count(point.cost)} ${data.metric}`;
            },
          },
        },
      },
      onClick(event, elements, chart) {
        const hit = elements.find(({datasetIndex, index}) =>
          data.widths[chart.data.datasets[datasetIndex].data[index].point.id]);
        if (hit) {
          choose(chart.data.datasets[hit.datasetIndex].data[hit.index].point.id);
        }
      },
    },
  });

  const widths = new Chart('widths-picture', {
    type: 'bar',
    data: {labels: [], datasets: []},
    options: {
      scales: {y: {min: 0, max: 1, ticks: {callback: (share) => percent(share, 0)}}},
      plugins: {tooltip: {callbacks: {label: ({dataset, raw}) => `${dataset.label}: ${percent(raw, 0)}`}}},
    },
  });

  function pick(id) {
    document.getElementById('picked').textContent = id;
    document.getElementById('commands').textContent =
      `espalier show ${job} ${id}\nespalier finetune ${job} ${id}`;
    for (const row of document.querySelectorAll('#front tr[data-id]')) {
      row.classList.toggle('picked', row.dataset.id === id);
    }
    const bars = (structure, label, colour) => ({
      label,
      backgroundColor: colour,
      data: data.widths[structure].map((layer) => layer.share),
    });
    widths.data.labels = data.widths[id].map((layer) => layer.layer);
    widths.data.datasets = [bars(id, id, kinds.front.colour)];
    if (data.uniform && data.uniform !== id) {
      widths.data.datasets.push(bars(data.uniform, kinds.uniform.label, '#e8a5aa'));
    }
    widths.update();
  }

  function choose(id) {
    memory.set(id);
    pick(id);
  }

  const curve = (label, colour, axis, of) => ({
    label,
    borderColor: colour,
    backgroundColor: colour,
    yAxisID: axis,
    pointRadius: 0,
    stepped: true,
    data: data.course.map((milestone) => ({x: milestone.evaluations, y: of(milestone)})),
  });

  new Chart('course-picture', {
    type: 'line',
    data: {
      datasets: [
        curve('best accuracy', kinds.front.colour, 'accuracy', (milestone) => milestone.best),
        curve('hypervolume', kinds.random.colour, 'hypervolume', (milestone) => milestone.hypervolume),
      ],
    },
    options: {
      interaction: {mode: 'index', intersect: false},
      scales: {
        x: {type: 'linear', title: {display: true, text: 'structures measured'}},
        accuracy: {title: {display: true, text: 'best accuracy'}, ticks: {callback: (share) => percent(share, 1)}},
        hypervolume: {position: 'right', grid: {drawOnChartArea: false}, title: {display: true, text: 'hypervolume'}},
      },
    },
  });

  for (const row of document.querySelectorAll('#front tr[data-id]')) {
    row.addEventListener('click', () => choose(row.dataset.id));
  }
  const before = memory.get();
  if (data.picked) {
    pick(Object.hasOwn(data.widths, before) ? before : data.picked);
  }
  window.espalier = {front, pick};
})();
