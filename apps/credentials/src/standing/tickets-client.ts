import { demand, demandStanding, isObject, type Standing } from '#contracts';
import { type ServiceTokens } from '#identity';
import { askJson, type Upstream } from '#upstream';
import { type StandingSource } from './standing-book.js';

/** Asks the `tickets` service, as a service: a question serves every caller that waits for its answer. */
export class TicketsClient implements StandingSource {
  constructor(
    private readonly upstream: Upstream,
    private readonly tokens: ServiceTokens,
  ) {}

  async standings(ticketIds: readonly string[]): Promise<readonly Standing[]> {
    const token = await this.tokens.get();
    return askJson(this.upstream, { method: 'POST', path: '/internal/standings', body: { ticketIds }, token, parse: parseStandings });
  }
}

function parseStandings(document: unknown): readonly Standing[] {
  demand(isObject(document) && Array.isArray(document.items), 'items');
  return document.items.map((item: unknown) => {
    demandStanding(item);
    return item;
  });
}
