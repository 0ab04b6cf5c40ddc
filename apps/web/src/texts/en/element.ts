/**
 * Every English text of the element. A language is a file of this shape;
 * `ElementTexts` is what it must have.
 */
export const elementTexts = {
  sets: (count: number) => `${count} ${count === 1 ? 'set' : 'sets'} of credentials`,
  somebody: 'Somebody',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  more: 'Show more',
  loading: 'Loading …',
  slow: 'This takes longer than usual. Still waiting …',
  offline: 'No connection at the moment. It is tried again by itself; nothing you typed is lost.',
  reference: (id: string) => `Reference ${id}`,
  doubted:
    'The service that this ticket comes from said something of it that is not understood here. Until that is settled, nothing is shown or shared.',

  share: {
    button: 'Share credentials privately',
    promise:
      'Encrypted, shown only to agents who may work on this ticket, and destroyed when it is resolved.',
    advice: 'Share a temporary account where you can, and change its password afterwards.',
    username: 'Username',
    password: 'Password',
    link: 'Link / URL',
    additionalInformation: 'Additional information',
    optional: 'optional',
    show: 'Show password',
    hide: 'Hide password',
    lines: 'Has several lines; they are kept.',
    blanks: 'Begins or ends with a space; it is kept.',
    expiresIn: 'Destroy it',
    expiryChoices: {
      '': 'when the ticket is resolved',
      604800: 'after a week',
      86400: 'after a day',
      3600: 'after an hour',
    },
    expiryName: 'The time until it is destroyed',
    expiryNote: 'Whichever comes first: that, or the end of the ticket.',
    submit: 'Share privately',
    submitting: 'Sharing …',
    required: (field: string) => `${field} is needed.`,
    /** @param detail what the API says, in English; other languages go by `code` */
    fault: ((field, detail) => `${field} ${detail}.`) as (
      field: string,
      detail: string,
      code: string,
    ) => string,
    discard: 'Discard what you typed?',
    discardYes: 'Discard',
    discardNo: 'Keep writing',
    conflict:
      'This was already received in an earlier version. To share what the form says now as well, send it once more.',
    done: 'Shared. It is not shown again, not even to you.',
  },

  shared: {
    title: (number: number) => `Credentials ${number}`,
    since: (when: string) => `shared ${when}`,
    until: (when: string) => `destroyed ${when} at the latest`,
    unseen: 'Not viewed yet',
    seen: (times: number) => (times === 1 ? 'Viewed once' : `Viewed ${times} times`),
    last: (name: string) => `last by ${name}`,
    withdraw: 'Withdraw',
    withdrawAsk: 'Destroy these credentials now? Nobody can read them afterwards.',
    withdrawYes: 'Destroy now',
    withdrawn: 'Withdrawn and destroyed.',
    others: (name: string) =>
      `Shared by ${name}, who can take it back. You can ask an agent to delete it.`,
    former:
      'This ticket is somebody else’s now. What you shared under it is still there, and you can take it back.',
    requested: (name: string) => `${name} asks you to share credentials`,
    answer: 'Share now',
  },

  agent: {
    none: 'Nothing has been shared under this ticket.',
    request: 'Ask the customer',
    requestMessage: 'What do you need?',
    requestSend: 'Send the request',
    requested: (when: string) => `The customer was asked ${when}.`,
    requestWithdraw: 'Withdraw the request',
    waiting: (count: number) =>
      count === 1
        ? 'One set of credentials is shared.'
        : `${count} sets of credentials are shared.`,
    revealNote: 'Looking is logged, and the customer sees it.',
    reveal: 'Reveal all',
    revealing: 'Revealing …',
    reason: 'Why do you need them?',
    reasonNeeded: 'Your helpdesk asks for a reason. It is kept in the access log.',
    newcomers: (count: number) =>
      count === 1
        ? 'One more set was shared meanwhile.'
        : `${count} more sets were shared meanwhile.`,
    unassigned: 'Nobody works on this ticket yet.',
    assigned: (name: string) => `${name} works on this ticket.`,
    takeNote: 'To see what was shared you have to take it.',
    takeTold: (name: string) => `Taking it is logged, and ${name} is told.`,
    takeLogged: 'Taking it is logged.',
    take: 'Take and view',
    taking: 'Taking …',
    tookOver: (name: string) => `${name} took over this ticket, so what was revealed is hidden.`,
    unassignedNow: 'You are not assigned any more, so what was revealed is hidden.',
    remaining: (clock: string) => `Hidden in ${clock}`,
    hideNow: 'Hide now',
    mask: 'Mask',
    unmask: 'Unmask',
    away: 'Masked while this window is not in front. Copying works.',
    timeUp: 'Hidden after the time that was set. Reveal again whenever you need it.',
    copy: (field: string) => `Copy ${field.toLowerCase()}`,
    copied: (field: string, seconds: number) =>
      `${field} copied; cleared from the clipboard in ${seconds} s`,
    cleared: 'The clipboard was cleared.',
    copyFailed: 'The browser did not allow copying. Select the text and copy it by hand.',
    masked: 'masked',
    openLink: 'opens in a new tab',
    leadsTo: (host: string) => `Leads to ${host}`,
    fixed: 'Username, password and link cannot be changed.',
    replace: 'Delete and request new',
    replaceAsk: 'Destroy these credentials now and ask the customer for new ones?',
    replaceYes: 'Destroy and ask',
    replaced: 'Destroyed; the customer was asked for new ones.',
    note: 'Notes',
    noNote: 'No notes',
    edit: 'Edit notes',
    save: 'Save',
    saving: 'Saving …',
    saved: 'Notes saved.',
    noteChanged: 'The notes were changed meanwhile.',
    noteLoad: 'Load',
    conflict: 'Somebody else changed the notes while you were writing. Your text is kept.',
    conflictTheirs: 'Their notes:',
    conflictShow: 'Show theirs',
    conflictSave: 'Save mine over it',
  },

  ended: {
    title: { resolved: 'This ticket is resolved', closed: 'This ticket is closed' },
    gone: 'Whatever was shared under it has been destroyed.',
    wiped:
      'What was revealed is gone from this screen, and everything that was shared is destroyed.',
  },

  evidence: {
    log: 'Access log',
    noLog: 'Nothing happened yet.',
    receipts: 'Destruction receipts',
    destroyed: (what: string) => `${what} destroyed`,
    reasons: {
      'ticket-ended': 'the ticket ended',
      expired: 'its time was over',
      withdrawn: 'withdrawn by the customer',
      deleted: 'deleted by an agent',
      reconciled: 'the ticket had ended',
      restored: 'destroyed again after a restore',
    },
    download: 'Download signed receipt',
    signing: 'being signed …',
    /** By the log's word for it: what was done, and what somebody did not get to do. */
    actions: {
      submit: ['shared', 'share'],
      reveal: ['viewed', 'view'],
      edit: ['changed the notes of', 'change the notes of'],
      delete: ['destroyed', 'destroy'],
      destroy: ['destroyed', 'destroy'],
      request: ['asked for', 'ask for'],
      'withdraw-request': ['withdrew the request for', 'withdraw the request for'],
      take: ['took the ticket', 'take the ticket'],
      assign: ['assigned the ticket to', 'assign the ticket to'],
      unassign: ['unassigned the ticket', 'unassign the ticket'],
    } as Readonly<Record<string, readonly [done: string, undone: string]>>,
    done: (actor: string, done: string, what: string) => `${actor} ${done} ${what}`,
    refused: (actor: string, undone: string, what: string) =>
      `${actor} was not allowed to ${undone} ${what}`,
    failed: (actor: string, undone: string, what: string) => `${actor} failed to ${undone} ${what}`,
    all: 'all credentials',
    one: (number: number) => `credentials ${number}`,
    unknown: 'credentials',
    system: 'The system',
  },

  problems: {
    unauthenticated: 'Your session has ended. Sign in again; what you typed is kept.',
    'sign-in-time-unknown':
      'Nothing can be revealed: the issuer does not say when you signed in. Whoever runs this: it must put auth_time into the access token.',
    forbidden: 'You are not allowed to do this.',
    'not-found': 'It is not there any more.',
    'ticket-ended': 'The ticket has ended, so this is not possible any more.',
    'too-many': 'There are too many live credentials under this ticket. Withdraw one first.',
    'rate-limited': 'Too many requests at once. Wait a moment and try again.',
    'standing-unknown': 'It cannot be told at the moment whether this is allowed. Try again soon.',
    unavailable: 'The service cannot be reached at the moment. Try again soon.',
    unreachable: 'No answer. Check your connection and try again; nothing you typed is lost.',
    stale: 'Somebody else was faster. Look again and decide.',
    internal: 'Something went wrong on our side.',
  } as Readonly<Record<string, string>>,
};

export type ElementTexts = typeof elementTexts;
