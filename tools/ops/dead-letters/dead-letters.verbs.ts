import { printable, type Program, table, UsageError, verb, type Verb } from '#command-line';
import { type DeadLetter, type HeldDeadLetter, deadQueue } from '#messaging';
import { type DeadLetterQueues } from './dead-letter-queues.js';
import { show, ticketOf } from './show.js';

export const deadLettersProgram = (office: DeadLetterQueues): Program => ({
  name: 'dead-letters',
  summary: 'Dead letters: messages that a consumer could not get done, kept with their reason.',
  verbs: {
    list: listVerb(office),
    show: showVerb(office),
    replay: replayVerb(office),
    discard: discardVerb(office),
  },
});

const columns = ['ID', 'QUEUE', 'TYPE', 'TICKET', 'ATTEMPTS', 'FIRST', 'LAST', 'REASON'];

function row(letter: DeadLetter): readonly string[] {
  const { id, queue, type, attempts, firstFailedAt = '', lastFailedAt = '', reason } = letter;
  return [
    id,
    deadQueue(queue),
    type,
    ticketOf(letter),
    String(attempts),
    firstFailedAt,
    lastFailedAt,
    reason,
  ];
}

const line = (what: string, letter: DeadLetter): string =>
  [what, ...row(letter).map(printable)].join('  ');

const listVerb = (office: DeadLetterQueues): Verb =>
  verb({
    summary: 'What there is, oldest first.',
    run: async ({ print, warn }) => {
      const rows: (readonly string[])[] = [];
      await office.each(warn, (letter) => void rows.push(row(letter)));
      if (rows.length > 0) print(table(columns, rows));
      warn(rows.length === 1 ? '1 dead letter.' : `${rows.length} dead letters.`);
    },
  });

const showVerb = (office: DeadLetterQueues): Verb =>
  verb({
    summary: 'Everything about one: headers and body, made safe to look at.',
    operands: { usage: 'ID', min: 1, max: 1 },
    options: { full: { type: 'boolean', summary: 'the whole body, however long' } },
    run: ({ operands, values: { full = false }, print, warn }) =>
      office.eachOf(operands, warn, (letter) => {
        print(show(letter, full));
      }),
  });

const replayVerb = (office: DeadLetterQueues): Verb =>
  verb({
    summary: 'Gives them back to their consumer, as first attempts.',
    operands: { usage: 'ID…', min: 0 },
    options: { all: { type: 'boolean', summary: 'instead of IDs: every one that is there now' } },
    run: async ({ operands, values: { all = false }, print, warn }) => {
      if (all === operands.length > 0) throw new UsageError('either IDs or --all');
      const replay = async (letter: HeldDeadLetter): Promise<void> => {
        await letter.replay();
        print(line('replayed', letter));
      };
      await (all ? office.each(warn, replay) : office.eachOf(operands, warn, replay));
    },
  });

const discardVerb = (office: DeadLetterQueues): Verb =>
  verb({
    summary: 'Deletes them for good.',
    operands: { usage: 'ID…', min: 1 },
    run: ({ operands, print, warn }) =>
      office.eachOf(operands, warn, (letter) => {
        letter.discard();
        print(line('discarded', letter));
      }),
  });
