import { exchanges } from '#contracts';
import { appending } from '#outbox';
import { type LockWait, type PipelinedTransaction, type PipelinedTransactions } from '#postgres';
import { thisMoment } from '#waiting';
import { type Vault } from '../custody/vault.js';
import { growing, lockedHeads } from '../persistence/access-log.js';
import { batchTime } from '../persistence/batch-time.js';
import { type StoredCredential } from '../persistence/credentials.js';
import { sharedGates } from '../persistence/gates.js';
import {
  countingReveals,
  presentCredentials,
  takenForReveal,
  type WantedCredentials,
} from '../persistence/reveals.js';
import { type TicketFacts, ticketFacts } from '../persistence/ticket-facts.js';
import { type RestoreWatch } from '../restore/restore-watch.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { batcherOf, chainsOf, type Decision, ifCached, ticketsOf } from './batches.js';
import { type Passed } from './while-live.js';
import {
  type Held,
  type RevealCommand,
  RevealDecisions,
  type RevealFacts,
  type Taken,
} from './reveal-decisions.js';

/**
 * Performs the reveals of a batch in one transaction of two round trips. The first shares
 * the gates, locks the heads of the logs and what is to be revealed, and reads the time.
 * (Where a gate or a head was not locked, another trip asks whether there is one.) Then
 * the keys are fetched, and each reveal is decided. The last trip writes the log, the
 * counts and the events, and commits. Nothing is decrypted here.
 */
export class RevealBatch {
  private readonly batcher = batcherOf((commands: readonly RevealCommand[], lockWait) =>
    this.perform(commands, lockWait),
  );

  constructor(
    private readonly transactions: PipelinedTransactions,
    private readonly restores: RestoreWatch,
    private readonly access: AccessByStanding,
    private readonly vault: Vault,
  ) {}

  /**
   * @returns what may be decrypted: its log entries are committed.
   * @throws AskAgain; Problem `not-found`
   */
  take(command: RevealCommand): Promise<Passed<Taken[]>> {
    return this.batcher.add(command);
  }

  private perform(
    commands: readonly RevealCommand[],
    lockWait: LockWait,
  ): Promise<Decision<Passed<Taken[]>>[]> {
    return this.transactions.run(async (tx) => {
      const begunAt = thisMoment();
      const facts = await this.restores.readChecked(() => read(tx, commands, lockWait));
      const decisions = new RevealDecisions(
        facts,
        await this.hold(facts.stored, lockWait),
        (answer) => this.access.isStale(answer),
      );
      const decided = commands.map((command) => decisions.decide(command, begunAt));
      const { chains, counts, events } = decisions;
      const log = growing(chains.values());
      if (log.length > 0)
        await tx.commit([
          ...log,
          ...(counts.length > 0 ? [countingReveals(counts)] : []),
          ...(events.length > 0 ? [appending(exchanges.credential, events)] : []),
        ]);
      return decided;
    });
  }

  /** Each with its key, or why that cannot be had. */
  private async hold(
    stored: readonly StoredCredential[],
    lockWait: LockWait,
  ): Promise<Map<StoredCredential, Held>> {
    const find =
      lockWait === 'skip' ? this.cachedKeys(stored) : (one: StoredCredential) => this.fetchKey(one);
    const held = await Promise.all(stored.map(find));
    return new Map(stored.map((credential, at) => [credential, held[at]]));
  }

  private async fetchKey(credential: StoredCredential): Promise<Held> {
    try {
      return { kek: (await this.vault.hold(credential)).kek };
    } catch (failed) {
      return { failed };
    }
  }

  /** Looks each key up once, and waits for none. */
  private cachedKeys(
    stored: readonly StoredCredential[],
  ): (one: StoredCredential) => Promise<Held> {
    const ids = [...new Set(stored.map(({ kekId }) => kekId))];
    const keys = new Map(
      ids.map((id) => [id, ifCached(this.vault.key(id)).then((kek) => kek && { kek })]),
    );
    return ({ kekId }) => keys.get(kekId) as Promise<Held>;
  }
}

/** Locks and reads, always in this order, so that no two batches can deadlock. */
async function read(
  tx: PipelinedTransaction,
  commands: readonly RevealCommand[],
  lockWait: LockWait,
): Promise<RevealFacts> {
  const tickets = ticketsOf(commands);
  const [gates, heads, [clock], stored, present] = await tx.all([
    sharedGates(tickets, lockWait),
    lockedHeads(tickets, lockWait),
    batchTime(lockWait),
    takenForReveal(wantedBy(commands), lockWait),
    presentCredentials(tickets),
  ]);
  const { at } = clock as { at: Date };
  const known = new Map((await factsOfRest(tx, tickets, gates, heads)).map(byTicket));
  return {
    mark: gates[0]?.mark,
    gates: new Map(gates.map(byTicket)),
    chains: chainsOf(tickets, heads, at, (id) => known.get(id)?.isLogged === false),
    tickets: known,
    stored,
    present,
    at,
  };
}

const byTicket = <Row extends { readonly ticketId: string }>(row: Row) =>
  [row.ticketId, row] as const;

/** Whether there is what was not locked; usually everything was, and nothing is asked. */
async function factsOfRest(
  tx: PipelinedTransaction,
  tickets: readonly string[],
  ...locked: readonly (readonly { readonly ticketId: string }[])[]
): Promise<TicketFacts[]> {
  const all = locked.map((rows) => new Set(rows.map(({ ticketId }) => ticketId)));
  const rest = tickets.filter((ticketId) => !all.every((one) => one.has(ticketId)));
  return rest.length > 0 ? (await tx.all([ticketFacts(rest)]))[0] : [];
}

/** Each credential once, however many commands want it. */
function wantedBy(commands: readonly RevealCommand[]): WantedCredentials[] {
  const whole = new Set(
    commands.filter(({ credentialId }) => credentialId === null).map(({ ticketId }) => ticketId),
  );
  const single = new Map(
    commands.flatMap(({ ticketId, credentialId: id }) =>
      id === null || whole.has(ticketId) ? [] : [[`${ticketId} ${id}`, { ticketId, id }] as const],
    ),
  );
  return [...[...whole].map((ticketId) => ({ ticketId, id: null })), ...single.values()];
}
