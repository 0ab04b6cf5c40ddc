import { ticketTexts } from './texts-of-tickets.js';

/** Every text of the help desk; those of the element stand in ../texts/. */
export const texts = {
  product: 'Private Credentials',
  skip: 'Skip to content',
  loading: 'Loading …',
  slow: 'This takes longer than usual. Still waiting for an answer …',
  retry: 'Try again',
  more: 'Show more',
  cancel: 'Cancel',
  somebody: 'Somebody',
  roles: { customer: 'Customer', agent: 'Agent', admin: 'Admin' } as Readonly<
    Record<string, string>
  >,
  statuses: {
    open: 'Open',
    pending: 'Pending',
    on_hold: 'On hold',
    resolved: 'Resolved',
    closed: 'Closed',
  },

  signIn: {
    title: 'Sign in',
    lead: 'Hand over access details inside a support ticket. They are destroyed when it ends.',
    dev: 'Development mode: choose who you are. Each tab can be somebody else.',
    oidc: 'Sign in',
    going: 'On the way to the sign-in …',
    none:
      'Nobody can sign in here yet: the page has no client at the issuer. Whoever runs ' +
      'this sets AUTH_WEB_CLIENT_ID.',
    failed: 'The sign-in did not work.',
    /**
     * By the reason of a SignInError; addressed to the operator, who alone can fix it.
     */
    troubles: {
      'not-a-jwt':
        'The issuer gave a token that the services cannot read (not-a-jwt). Whoever runs this: ' +
        'have it give JWT access tokens for AUTH_AUDIENCE; many issuers want to be asked by ' +
        'AUTH_WEB_PARAMETERS.',
      'wrong-audience':
        'The issuer gave a token that is not for us (wrong-audience). Whoever runs this: ask ' +
        'it for AUTH_AUDIENCE by AUTH_WEB_PARAMETERS, or map it at the issuer.',
      'no-role':
        'You are signed in, but have no role here (no-role). Whoever runs this: give this ' +
        'account a role at the issuer; AUTH_ROLES_CLAIM and AUTH_ROLES_MAP say where it stands ' +
        'and what it is called.',
    } as Readonly<Record<string, string>>,
    refused: (reason: string) =>
      `The token of this sign-in was refused (${reason}). ` +
      'Whoever runs this finds the reason in the log.',
    refusedByIssuer: (code: string) => `The issuer refused the sign-in (${code}).`,
    out: 'Sign out',
    ended: 'Your session has ended',
    endedLead:
      'Messages that you have not sent are kept. What stands in an open private form is not: ' +
      'it is never stored. Sign in again to go on.',
    again: 'Sign in again',
  },

  ...ticketTexts,

  reply: {
    label: 'Your reply',
    hint: 'Write a reply. Ctrl + Enter sends it.',
    send: 'Send',
    sending: 'Sending …',
    kept: 'Your text is kept.',
  },

  leak: {
    title: 'This looks like a password or a key',
    body:
      'A message stays in the ticket for good, and travels by e-mail. The private form is ' +
      'destroyed with the ticket.',
    bodyAgent:
      'A message stays in the ticket for good, and travels by e-mail. Passwords do not belong ' +
      'in it.',
    move: 'Move it into the private form',
    remove: 'Take it out',
    sendAnyway: 'Send it anyway',
    replacement: '[shared privately]',
    removed: '[removed]',
  },

  problems: {
    unreachable: 'No connection to the server. Check your network and try again.',
    unavailable: 'The server cannot answer right now. Try again in a moment.',
    'standing-unknown':
      'The server cannot tell right now how the ticket stands. Try again in a moment.',
    'rate-limited': 'That was a lot at once. Wait a moment and try again.',
    forbidden: 'You may not do that.',
    'not-found': 'It is not there any more.',
    'owned-by-home': 'The status of this ticket is set by the service it comes from.',
    'closed-is-final': 'A closed ticket stays closed.',
    internal: 'Something went wrong on our side.',
    unauthenticated: 'You are not signed in any more.',
    'sign-in-time-unknown':
      'The issuer does not say when you signed in. Whoever runs this: it must put auth_time ' +
      'into the access token.',
  } as Readonly<Record<string, string>>,
  reference: (id: string) => `Reference ${id}`,
};
