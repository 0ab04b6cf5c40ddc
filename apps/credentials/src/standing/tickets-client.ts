import { askForChanges, type ChangeSource } from '#changes';
import {
  type Changes,
  assertPart,
  assertStanding,
  InvalidEventError,
  isObject,
  type Standing,
  type WitnessAnswer,
} from '#contracts';
import { type ServiceTokens } from '#identity';
import { askJson, type Upstream } from '#upstream';
import { type RemoteWitness, type WitnessQuestion } from '../restore/remote-witness.js';
import { type StandingSource, type StandingsAnswer } from './standing-source.js';

/** Asks `tickets` with a service token, since one request serves several callers. */
export class TicketsClient implements StandingSource, RemoteWitness, ChangeSource {
  constructor(
    private readonly upstream: Upstream,
    private readonly tokens: ServiceTokens,
  ) {}

  standings(ticketIds: readonly string[]): Promise<StandingsAnswer> {
    const { upstream, tokens } = this;
    return askJson(upstream, {
      method: 'POST',
      path: '/internal/standings',
      body: { ticketIds },
      tokens,
      parse: parseStandings,
    });
  }

  witness({ database, mark, credentialIds = [] }: WitnessQuestion): Promise<WitnessAnswer> {
    const [{ upstream, tokens }, body] = [this, { database, ...mark, credentialIds }];
    const absent = { statement: null, destroyed: [] };
    return askJson(upstream, {
      method: 'POST',
      path: '/internal/witness',
      body,
      tokens,
      parse: parseWitness,
      absent,
    });
  }

  changes(after: string | undefined): Promise<Changes> {
    return askForChanges(this.upstream, this.tokens, after);
  }
}

/**
 * An invalid standing is left out, so that it does not spoil the
 * others of the same answer.
 */
function parseStandings(document: unknown): StandingsAnswer {
  assertPart(isObject(document) && Array.isArray(document.items), 'items');
  assertPart(
    Array.isArray(document.unknown) && document.unknown.every((id) => typeof id === 'string'),
    'unknown',
  );
  return { items: document.items.filter(isStanding), unknown: document.unknown };
}

function isStanding(item: unknown): item is Standing {
  try {
    assertStanding(item);
    return true;
  } catch (error) {
    if (error instanceof InvalidEventError) return false;
    throw error;
  }
}

function parseWitness(document: unknown): WitnessAnswer {
  assertPart(
    isObject(document) && (document.statement === null || typeof document.statement === 'string'),
    'statement',
  );
  const { statement, destroyed } = document;
  assertPart(
    Array.isArray(destroyed) &&
      destroyed.every((one) => isObject(one) && typeof one.credentialId === 'string'),
    'destroyed',
  );
  return { statement, destroyed };
}
