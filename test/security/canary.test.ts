import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CanaryStory } from './canary-story.js';
import { VerboseSystem } from './verbose-system.js';
import { type Find, search } from './search.js';

/** With characters that URLs and base64url write otherwise. */
const marker = (name: string) =>
  `${name}/${randomBytes(6).toString('hex')}+${randomBytes(6).toString('hex')}=`;
/** Stands in all that is secret, and nowhere else. */
const canary = marker('Canary');
/** Stands where it may stand: it shows that the search would find the other. */
const planted = marker('Planted');

let loud: VerboseSystem;
let found: Record<'live' | 'ended', readonly Find[]>;
let control: readonly Find[];
let story: CanaryStory;

const searchAll = (text: string) => loud.folders.flatMap((folder) => search(folder, text));

/** The planted marker goes wherever a marker may. */
async function plant(): Promise<void> {
  await story.call(`customer-${planted}`, 'POST', '/v1/tickets', { subject: planted });
  await story.call('agent-1', 'GET', `/v1/tickets/${planted}`);
  writeFileSync(join(loud.notes, 'live', 'planted.metrics'), `# HELP ${planted}`);
}

beforeAll(async () => {
  loud = await VerboseSystem.start({ PLANTED: planted });
  await loud.people.arrive('customer-1', 'customer-2', 'agent-1', `customer-${planted}`);
  story = new CanaryStory(loud, canary, planted);
  await story.live();
  await story.mistakes();
  await story.faults();
  await loud.takeNotes('live');
  const whileLive = searchAll(canary);
  await plant();
  await story.end();
  await loud.takeNotes('ended');
  found = { live: whileLive, ended: searchAll(canary) };
  control = searchAll(planted);
}, 240_000);
afterAll(() => loud.end(), 60_000);

describe('what a customer has shared', () => {
  it('has been through all of it: stored, revealed, edited, refused, lost, crashed and destroyed', () => {
    for (const answer of [
      'POST 201',
      'POST 200',
      'PATCH 200',
      'DELETE 204',
      'POST 422 idempotency-conflict',
      'PATCH 412 stale',
    ])
      expect(story.seen).toContain(answer);
    for (const answer of [
      'POST 400 malformed',
      'POST 413 too-large',
      'POST 415 unsupported-media-type',
      'POST 404 not-found',
    ])
      expect(story.seen).toContain(answer);
    for (const answer of [
      'POST 422 invalid',
      'PATCH 422 immutable-field',
      'POST 500 internal',
      'POST 503 unavailable',
      'POST 409 ticket-ended',
    ])
      expect(story.seen).toContain(answer);
  });

  it('stands in no byte of what is kept while it is live', () => {
    expect(found.live).toEqual([]);
  });

  it('stands in no byte of what is kept after its end', () => {
    expect(found.ended).toEqual([]);
  });

  it.each([
    ["the database's files", /^postgres-\w+\/data\/base\//],
    ['its write-ahead log', /^postgres-\w+\/data\/pg_wal\//],
    ['its log, with every statement', /^logs\/postgres-tickets\.log/],
    ['a dump', /\.dump$/],
    ["the broker's files", /^rabbitmq\//],
    ["the services' logs", /^logs\/(gateway|tickets|credentials)-1\.log/],
    ['the metrics', /\.metrics$/],
    ['the traces', /^traces\//],
    ['the diagnostic reports', /^reports\//],
  ])('would have been found in %s: what was planted there was', (_place, file) => {
    expect(control.map((find) => find.file)).toContainEqual(expect.stringMatching(file));
  });
});
