import { type Client } from '../client.js';
import { drive } from '../measure/drive.js';
import { inTurns } from '../measure/in-turns.js';
import { median } from '../measure/statistics.js';
import { concurrency } from '../plan.js';
import { type Shares } from './judge.js';
import { type Ring } from './ring.js';

const rounds = 3;
/** Tickets of each kind; more than are worked on at a time. */
const few = 32;
/** As many for the floor would be done too soon to be measured. */
const times = { system: 1, floor: 10 };
const submits = 160;
const reveals = 320;

/** Which part of the floor's throughput the system has: medians of a few short rounds. */
export async function measureShares({ system, floor }: Ring): Promise<Shares> {
  const measured: Shares[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await throughput(system, times.system);
    const bare = await throughput(floor, times.floor);
    measured.push({ submit: ours.submit / bare.submit, reveal: ours.reveal / bare.reveal });
  }
  // The first warms up.
  const [, ...counted] = measured;
  return {
    submit: median(counted.map(({ submit }) => submit)),
    reveal: median(counted.map(({ reveal }) => reveal)),
  };
}

/** Submits and reveals per second, under tickets that have a credential already. */
async function throughput(client: Client, factor: number): Promise<Shares> {
  const [filled, revealed] = [await openTickets(client), await openTickets(client)];
  const submit = (ticketId: string) => client.submit(ticketId);
  const reveal = (ticketId: string) => client.reveal(ticketId);
  const submitted = await drive(inTurns(filled, submits * factor), concurrency, submit);
  // From here on their standing is remembered.
  await drive(revealed, concurrency, reveal);
  const shown = await drive(inTurns(revealed, reveals * factor), concurrency, reveal);
  return { submit: submitted.perSecond, reveal: shown.perSecond };
}

async function openTickets(client: Client): Promise<readonly string[]> {
  const { results } = await drive(Array.from({ length: few }), concurrency, async () => {
    const ticketId = await client.open();
    await client.submit(ticketId);
    return ticketId;
  });
  return results;
}
