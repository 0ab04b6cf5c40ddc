import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { residentMemory } from '../against/memory.js';
import { type Side } from '../against/side.js';
import { Client } from '../client.js';
import { drive } from '../measure/drive.js';
import { type CompareOptions } from '../options.js';
import { type Headers, signIn } from '../people.js';
import { concurrency } from '../plan.js';
import { onOneSide, type Outcome } from './on-one-side.js';

/** What one person may listen to (docs/contract.md, Live streams). */
const streamsOfOne = 100;
/** Four heartbeats: what opening them took is collected by then. */
const idleMs = 60_000;

/**
 * The gateway's memory with so many streams to which nothing happens.
 * @returns the exit code
 */
export const holdStreams = (count: number, options: CompareOptions): Promise<number> =>
  onOneSide(`${count} idle event streams`, options, (side) => measure(side, count));

async function measure({ stack }: Side, count: number): Promise<Outcome> {
  const { gatewayUrl } = stack.description;
  const gateway = (): number => residentMemory(stack.description).gateway;
  const idle = gateway();
  const pool = new Pool(gatewayUrl, { connections: count, pipelining: 1 });
  for (let opened = 0; opened < count; opened += streamsOfOne) {
    const person = await openTicket(gatewayUrl, `listener-${opened}`);
    const streams = Array.from({ length: Math.min(streamsOfOne, count - opened) });
    await drive(streams, concurrency, () => listen(pool, person));
  }
  await sleep(idleMs);
  const held = gateway();
  if (pool.stats.running !== count) throw new Error('not every stream was held');
  await pool.destroy();
  const more = held - idle;
  return {
    lines: [
      `gateway, resident: ${idle.toFixed(0)} MB idle, ${held.toFixed(0)} MB with the streams: ` +
        `${more.toFixed(0)} MB more (≤ 40 MB for 1,000).`,
    ],
    results: { count, idle, held },
  };
}

interface Listener {
  readonly ticketId: string;
  readonly headers: Headers;
}

async function openTicket(gatewayUrl: string, sub: string): Promise<Listener> {
  const tokens = await signIn(gatewayUrl, sub);
  const client = new Client({ name: sub, urls: [gatewayUrl], connections: 1, ...tokens });
  const ticketId = await client.open();
  await client.close();
  return { ticketId, headers: tokens.customer };
}

/** Resolves when the stream has said its first word; reads on until it is closed. */
async function listen(pool: Pool, { ticketId, headers }: Listener): Promise<void> {
  const path = `/v1/tickets/${ticketId}/stream`;
  const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
  // The end, by our own closing.
  body.on('error', () => undefined);
  await once(body, 'data');
}
