/** The id of the nth ticket that was filled in, in SQL. @param n an expression */
export const ticketId = (n: string): string =>
  `'00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0')`;
