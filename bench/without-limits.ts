/**
 * The defaults, not the settings of the shell. What differs would refuse the load (the
 * limits), or is an alarm about it (that one agent reveals under so many tickets).
 */
export const withoutLimits = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  STACK_NO_INSTALL: process.env['STACK_NO_INSTALL'],
  RATE_LIMIT_PER_ADDRESS: '0',
  RATE_LIMIT_REVEALS: '0',
  RATE_LIMIT_SUBMITS: '0',
  MASS_REVEAL_TICKETS: '0',
};
