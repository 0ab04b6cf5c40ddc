/** What may be the id of a ticket: a mirrored one's begins with its home's prefix. */
export const ticketIdPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The id of what is made here. */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
