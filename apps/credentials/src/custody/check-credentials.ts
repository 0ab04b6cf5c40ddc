import { KeyRingError, OpenError } from '#envelope';
import { type Database } from '#postgres';
import { holdGate } from '../persistence/gates.js';
import { listSealed, listTicketsWithCredentials } from '../persistence/live-credentials.js';
import { type Place } from './data-keys.js';
import { type HeldSecret, type SealedSecret, type Vault } from './vault.js';

export interface CheckFault extends Place {
  readonly kekId: string;
  /** `no-key`: its key cannot be read from the ring. `sealed`: its key does not decrypt it. */
  readonly reason: 'no-key' | 'sealed';
}

export interface CheckReport {
  readonly opened: number;
  readonly faults: readonly CheckFault[];
}

const batch = 500;

/**
 * Checks that every live credential can be decrypted, without making a string of any. The service may run, and keys may be rotated
 * meanwhile.
 */
export async function checkCredentials(database: Database, vault: Vault): Promise<CheckReport> {
  let [opened, after] = [0, ''];
  const faults: CheckFault[] = [];
  for (;;) {
    const tickets = await listTicketsWithCredentials(database, after, batch);
    for (const ticketId of tickets) {
      const found = await checkTicket(database, vault, ticketId);
      opened += found.filter((fault) => fault === undefined).length;
      faults.push(...found.filter((fault) => fault !== undefined));
      after = ticketId;
    }
    if (tickets.length < batch) return { opened, faults };
  }
}

async function checkTicket(database: Database, vault: Vault, ticketId: string): Promise<(CheckFault | undefined)[]> {
  const held = await database.transaction(async (tx) => {
    await holdGate(tx, ticketId);
    const stored = await listSealed(tx, ticketId);
    return Promise.all(stored.map((sealed) => hold(vault, sealed)));
  });
  return held.map((one) => ('reason' in one ? one : prove(vault, one)));
}

async function hold(vault: Vault, sealed: SealedSecret): Promise<HeldSecret | CheckFault> {
  try {
    return await vault.hold(sealed);
  } catch (error) {
    if (error instanceof KeyRingError) return faultOf(sealed, 'no-key');
    throw error;
  }
}

function prove(vault: Vault, held: HeldSecret): CheckFault | undefined {
  try {
    vault.prove(held);
    return undefined;
  } catch (error) {
    if (error instanceof OpenError) return faultOf(held.sealed, 'sealed');
    throw error;
  }
}

const faultOf = ({ ticketId, id, kekId }: SealedSecret, reason: CheckFault['reason']): CheckFault => ({ ticketId, id, kekId, reason });
