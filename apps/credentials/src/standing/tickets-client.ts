import { demand, demandStanding, InvalidEventError, isObject, type Standing } from '#contracts';
import { type ServiceTokens } from '#identity';
import { askJson, type Upstream } from '#upstream';
import { type StandingSource, type Told } from './standing-source.js';

/** Asks `tickets` with a service token, since one request serves several callers. */
export class TicketsClient implements StandingSource {
  constructor(
    private readonly upstream: Upstream,
    private readonly tokens: ServiceTokens,
  ) {}

  standings(ticketIds: readonly string[]): Promise<Told> {
    const { upstream, tokens } = this;
    return askJson(upstream, { method: 'POST', path: '/internal/standings', body: { ticketIds }, tokens, parse: parseTold });
  }
}

/** An invalid standing is left out, so that it does not spoil the others of the same answer. */
function parseTold(document: unknown): Told {
  demand(isObject(document) && Array.isArray(document.items), 'items');
  demand(Array.isArray(document.unknown) && document.unknown.every((id) => typeof id === 'string'), 'unknown');
  return { items: document.items.filter(isStanding), unknown: document.unknown };
}

function isStanding(item: unknown): item is Standing {
  try {
    demandStanding(item);
    return true;
  } catch (error) {
    if (error instanceof InvalidEventError) return false;
    throw error;
  }
}
