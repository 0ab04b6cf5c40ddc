import { KeyRingError, OpenError } from '#envelope';
import { type Database } from '#postgres';
import { shareLockGate } from '../persistence/gates.js';
import { listSealed } from '../persistence/stored-credentials.js';
import { listTicketsWithCredentials } from '../persistence/tickets-with-credentials.js';
import { type WithFirstNote } from '../persistence/credentials.js';
import { asSubmitted } from '../persistence/first-notes.js';
import { type CredentialPlace } from '../persistence/wrapped-keys.js';
import { type HeldSecret, type Vault } from './vault.js';

export interface CheckFault extends CredentialPlace {
  readonly kekId: string;
  /**
   * `no-key`: its key cannot be read from the ring. `sealed`:
   * its key does not decrypt it.
   */
  readonly reason: 'no-key' | 'sealed';
}

const batch = 500;

/**
 * Checks that every live credential can be decrypted, without making a string of any. The
 * service may run, and keys may be rotated meanwhile.
 * @param found called at once for each that cannot
 * @returns how many can
 */
export async function checkCredentials(
  database: Database,
  vault: Vault,
  found: (fault: CheckFault) => void,
): Promise<number> {
  let [opened, after] = [0, ''];
  for (;;) {
    const tickets = await listTicketsWithCredentials(database, after, batch);
    for (const ticketId of tickets) {
      const { faults, count } = await checkTicket(database, vault, ticketId);
      faults.forEach(found);
      opened += count - faults.length;
      after = ticketId;
    }
    if (tickets.length < batch) return opened;
  }
}

async function checkTicket(database: Database, vault: Vault, ticketId: string) {
  const held = await database.transaction(async (tx) => {
    await shareLockGate(tx, ticketId);
    const stored = await listSealed(tx, ticketId);
    return Promise.all(stored.map((sealed) => hold(vault, sealed)));
  });
  const faults = held
    .map((one) => ('reason' in one ? one : prove(vault, one)))
    .filter((fault) => fault !== undefined);
  return { faults, count: held.length };
}

async function hold(
  vault: Vault,
  sealed: WithFirstNote,
): Promise<HeldSecret<WithFirstNote> | CheckFault> {
  try {
    return await vault.hold(sealed);
  } catch (error) {
    if (error instanceof KeyRingError) return faultOf(sealed, 'no-key');
    throw error;
  }
}

/** With the note that it had at first, if that is kept. */
function prove(vault: Vault, held: HeldSecret<WithFirstNote>): CheckFault | undefined {
  try {
    for (const sealed of new Set([held.sealed, asSubmitted(held.sealed)]))
      vault.prove({ ...held, sealed });
    return undefined;
  } catch (error) {
    if (error instanceof OpenError) return faultOf(held.sealed, 'sealed');
    throw error;
  }
}

const faultOf = (
  { ticketId, id, kekId }: WithFirstNote,
  reason: CheckFault['reason'],
): CheckFault => ({ ticketId, id, kekId, reason });
