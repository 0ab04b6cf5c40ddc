import { isEnded, isEndedPhase, type TicketStatus } from '#contracts';

/*
 * The phase counts how often a ticket has crossed between live and ended: it is even
 * while the ticket is live, odd while it is ended. A credential is bound to the phase in
 * which it was submitted, so one that is left behind is destroyed.
 */

/**
 * The first phase, from this one on, that fits the status: one more at every crossing,
 * and the same where there is none.
 */
export const phaseFrom = (phase: number, status: TicketStatus): number =>
  isEndedPhase(phase) === isEnded(status) ? phase : phase + 1;

/**
 * The ticket ended and was live again before the first of both events arrived: two
 * crossings, so that what was shared before that end is destroyed.
 */
export const phaseBeyondEnd = (phase: number): number => phase + 2;
