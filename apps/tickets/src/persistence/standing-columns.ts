import { type Standing } from '#contracts';

/**
 * No ended ticket is in doubt, though a replica of a release that knew of no doubts
 * leaves it as it was when it ends one.
 */
export const isDoubted = "(doubted AND status NOT IN ('resolved', 'closed'))";

/** What a standing is made of, selected from `ticket`. */
export const standingColumns = `id AS "ticketId", status, version, phase,
  requester_id AS "requesterId", assignee_id AS "assigneeId", home,
  ${isDoubted} AS doubted`;

export type StandingRow = Omit<Standing, 'doubted'> & { readonly doubted: boolean };

/** Fields are listed one by one, so that a row of more than a standing gives no more. */
export const toStanding = ({
  ticketId,
  status,
  version,
  phase,
  requesterId,
  assigneeId,
  home,
  doubted,
}: StandingRow): Standing => ({
  ticketId,
  status,
  version,
  phase,
  requesterId,
  assigneeId,
  home,
  ...(doubted && { doubted }),
});
