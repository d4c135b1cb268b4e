package dev.espalier.search.strategy;

class RandomSearchTest extends SearchStrategyContract<RandomSearch.Nothing> {

  @Override
  SearchStrategy<RandomSearch.Nothing> strategy(Domain domain) {
    return new RandomSearch(domain);
  }
}
