import { existsSync } from 'node:fs';
import { type Sql } from '#postgres';
import { lastKept } from '../audit/checkpoint-file.js';
import { lastCheckpoint } from '../persistence/checkpoints.js';
import { type Testimony } from '../restore/witnesses.js';
import { type Restored } from './restored.js';

/**
 * For a terminal: what is known of the restore, and what each source says.
 * @param kept those that were destroyed, by events that were kept elsewhere
 */
export async function restoredText(
  sql: Sql,
  restored: Restored,
  kept: ReadonlySet<string> | undefined,
): Promise<string[]> {
  const { mark, testimonies, stored, owed, knownToTickets, unopenable } = restored;
  return [
    verdictOn(restored),
    `this database: life ${mark.life}, beat ${mark.beat}`,
    ...(testimonies.length === 0
      ? ['nobody remembers how far it had come']
      : testimonies.map(testimonyText)),
    ...(await checkpointText(sql, process.env['AUDIT_CHECKPOINT_FILE'])),
    `${stored.length} credentials are stored`,
    knownToTickets === undefined
      ? 'tickets cannot be asked which of them were destroyed'
      : `${knownToTickets.size} of them were destroyed before, as far as tickets has heard`,
    ...(owed.size === 0
      ? []
      : [
          `${stored.filter(({ id }) => owed.has(id)).length} of them were destroyed before, ` +
            'of which tickets could not hear in time',
        ]),
    ...(kept === undefined
      ? []
      : [`${kept.size} of them were destroyed before, by the events of the file`]),
    ...(unopenable.length === 0
      ? []
      : [`${unopenable.length} of them cannot be opened: the ring has no key for them any more`]),
  ];
}

function verdictOn({ doubt, fault }: Restored): string {
  if (doubt !== null) return `in doubt since ${doubt.since.toISOString()}: ${meaning[doubt.fault]}`;
  return fault === undefined
    ? 'nothing shows that the database was restored'
    : `restored, it seems: ${meaning[fault]}`;
}

const meaning = {
  behind: 'the database had come further before',
  another: 'the database is another one than before, and not empty',
  returned: 'the database holds credentials that were destroyed',
};

const testimonyText = ({ database, life, beat, at, owed }: Testimony): string =>
  `last heard of at ${at}: life ${life}, beat ${beat} of database ${database}, ` +
  `when ${publishedText(owed)}`;

function publishedText(owed: Testimony['owed']): string {
  if (owed === null)
    return 'NOT every destruction had been told, and they were too many to be named';
  return owed.length === 0
    ? 'every destruction had been told'
    : `every destruction had been told but of ${owed.length}, which it names`;
}

/** The file proves how much of the access log there was, not what was destroyed. */
async function checkpointText(sql: Sql, file: string | undefined): Promise<string[]> {
  if (!file || !existsSync(file)) return [];
  const [kept, there] = [
    await lastKept(file).catch(() => undefined),
    (await lastCheckpoint(sql))?.number ?? 0,
  ];
  if (kept === undefined)
    return ['AUDIT_CHECKPOINT_FILE cannot be read, or its last line is no checkpoint'];
  if (kept <= there) return [`the database has all ${kept} checkpoints of AUDIT_CHECKPOINT_FILE`];
  return [
    `the database has ${there} of the ${kept} checkpoints of AUDIT_CHECKPOINT_FILE: ` +
      'move that file away and keep it, a new one is begun',
  ];
}
