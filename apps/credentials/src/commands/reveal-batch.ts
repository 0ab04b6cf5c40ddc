import { exchanges } from '#contracts';
import { appending } from '#outbox';
import { type PipelinedTransaction, type PipelinedTransactions } from '#postgres';
import { thisMoment } from '#waiting';
import { type Vault } from '../custody/vault.js';
import { growing, lockedHeads } from '../persistence/access-log.js';
import { batchMoment } from '../persistence/batch-moment.js';
import { type StoredCredential } from '../persistence/credentials.js';
import { type LockWait, sharedGates } from '../persistence/gates.js';
import { countingReveals, takenForReveal, type WantedCredentials } from '../persistence/reveals.js';
import { type RestoreWatch } from '../restore/restore-watch.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { atHand, batchesOf, chainsOf, type Decision, ticketsOf } from './batches.js';
import { type Passed } from './while-live.js';
import {
  type Held,
  type RevealCommand,
  RevealDecisions,
  type RevealFacts,
  type Taken,
} from './reveal-decisions.js';

/**
 * Reveals that arrive together, in one transaction of two round trips: it shares the
 * gates, locks the heads of the logs and what is to be revealed, and reads the time; then
 * it is decided, and the keys are held; then the log, the counts and the events are
 * written and committed. Nothing is opened here.
 */
export class RevealBatch {
  private readonly batches = batchesOf((commands: readonly RevealCommand[], lockWait) =>
    this.perform(commands, lockWait),
  );

  constructor(
    private readonly transactions: PipelinedTransactions,
    private readonly restores: RestoreWatch,
    private readonly access: AccessByStanding,
    private readonly vault: Vault,
  ) {}

  /**
   * @returns what was logged, in committed entries, and not opened yet.
   * @throws AskAgain; Problem `not-found`
   */
  take(command: RevealCommand): Promise<Passed<Taken[]>> {
    return this.batches.add(command);
  }

  private perform(
    commands: readonly RevealCommand[],
    lockWait: LockWait,
  ): Promise<Decision<Passed<Taken[]>>[]> {
    return this.transactions.run(async (tx) => {
      const trueAt = thisMoment();
      const facts = await this.restores.holding(() => read(tx, commands, lockWait));
      const decisions = new RevealDecisions(
        facts,
        await this.hold(facts.stored, lockWait),
        (answer) => this.access.isStale(answer),
      );
      const decided = commands.map((command) => decisions.decide(command, trueAt));
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
      lockWait === 'skip' ? this.atHand(stored) : (one: StoredCredential) => this.key(one);
    const held = await Promise.all(stored.map(find));
    return new Map(stored.map((credential, at) => [credential, held[at]]));
  }

  private async key(credential: StoredCredential): Promise<Held> {
    try {
      return { kek: (await this.vault.hold(credential)).kek };
    } catch (failed) {
      return { failed };
    }
  }

  /** Looks for each key once, and waits for none. */
  private atHand(stored: readonly StoredCredential[]): (one: StoredCredential) => Promise<Held> {
    const ids = [...new Set(stored.map(({ kekId }) => kekId))];
    const keys = new Map(
      ids.map((id) => [id, atHand(this.vault.key(id)).then((kek) => kek && { kek })]),
    );
    return ({ kekId }) => keys.get(kekId) as Promise<Held>;
  }
}

/** What may be done, and what there is, in the order of the locks. */
async function read(
  tx: PipelinedTransaction,
  commands: readonly RevealCommand[],
  lockWait: LockWait,
): Promise<RevealFacts> {
  const tickets = ticketsOf(commands);
  const [gates, heads, [moment], stored] = await tx.all([
    sharedGates(tickets, lockWait),
    lockedHeads(tickets, lockWait),
    batchMoment(lockWait),
    takenForReveal(wantedBy(commands), lockWait),
  ]);
  const at = (moment as { at: Date }).at;
  return {
    lockWait,
    mark: gates[0]?.mark,
    gates: new Map(gates.map((gate) => [gate.ticketId, gate])),
    chains: chainsOf(tickets, heads, at, () => lockWait === 'wait'),
    stored,
    at,
  };
}

/** Each credential once, however many want it. */
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
