import fc from 'fast-check';
import { ticketStatuses } from '#contracts';
import { crashPoints } from './crash.js';
import { type Play } from './play.js';

/**
 * Anything that may happen next. Numbers choose among the tickets and
 * events that there are by then.
 */
export type Step = (play: Play) => Promise<void>;

const status = fc.constantFrom(...ticketStatuses);
const which = fc.nat({ max: 1_000 });
const among = <T>(things: readonly T[], number: number): T | undefined =>
  things[number % things.length];

const named = <Facts>(
  name: string,
  facts: fc.Arbitrary<Facts>,
  run: (play: Play, facts: Facts) => Promise<void> | void,
): fc.Arbitrary<Step> =>
  facts.map((chosen) => {
    const step: Step = async (play) => run(play, chosen);
    // What a failing run is shown as.
    return Object.assign(step, { [fc.toStringMethod]: () => `${name}(${fc.stringify(chosen)})` });
  });

const open = named('open', fc.constant({}), (play) => play.open());
const mirror = named('mirror', fc.record({ status }), (play, facts) => {
  play.mirror(facts.status);
});
const turn = named('turn', fc.record({ which, status }), async (play, facts) => {
  const actor = among(play.actors, facts.which);
  if (actor) await play.turn(actor, facts.status);
});
const submit = named('submit', fc.record({ which }), async (play, facts) => {
  const actor = among(play.actors, facts.which);
  if (actor) await play.submit(actor);
});
const reveal = named('reveal', fc.record({ which }), async (play, facts) => {
  const actor = among(play.actors, facts.which);
  if (actor) await play.reveal(actor);
});
/** One of those on their way, or one that has arrived already. */
const bring = named('bring', fc.record({ which, again: fc.boolean() }), async (play, facts) => {
  const delivery = among(
    play.network.deliveries.filter(({ delivered }) => delivered === facts.again),
    facts.which,
  );
  if (delivery) await play.deliver(delivery);
});
const race = named(
  'race',
  fc.record({ which, rival: fc.oneof(which, status) }),
  async (play, { which: of, rival }) => {
    const actor = among(play.actors, of);
    const other = typeof rival === 'number' ? among(play.network.deliveries, rival) : rival;
    if (actor && other) await play.race(actor, other);
  },
);
const calm = [turn, submit, bring];
const crash = named(
  'crash',
  fc.record({ point: fc.constantFrom(...crashPoints), step: fc.oneof(...calm, reveal) }),
  (play, { point, step }) => play.crashingAt(point, () => step(play)),
);

export const steps = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: open },
    { weight: 2, arbitrary: mirror },
    { weight: 5, arbitrary: submit },
    { weight: 5, arbitrary: turn },
    { weight: 6, arbitrary: bring },
    { weight: 2, arbitrary: reveal },
    { weight: 3, arbitrary: race },
    { weight: 4, arbitrary: crash },
  ),
  { minLength: 5, maxLength: 40, size: 'max' },
);
