/** What a standing is made of, selected from `ticket`. */
export const standingColumns = 'id AS "ticketId", status, version, phase, requester_id AS "requesterId", assignee_id AS "assigneeId", home';
