/** The texts of lists and views of tickets; a part of texts.ts. */
export const ticketTexts = {
  list: {
    mine: 'My tickets',
    queue: 'Tickets',
    create: 'New ticket',
    none: 'No tickets yet',
    noneLead: 'Open one, and share access details under it without writing them into a message.',
    noneFound: 'No tickets here',
    noneFoundLead: 'Nothing matches this filter.',
    filters: 'Filters',
    whose: 'Whose',
    everybody: 'All',
    me: 'Mine',
    unassigned: 'Unassigned',
    status: 'Status',
    anyStatus: 'Any status',
    unassignedTicket: 'Unassigned',
    assignedTo: (name: string) => `Assigned to ${name}`,
    changed: (when: string) => `changed ${when}`,
  },

  create: {
    title: 'New ticket',
    subject: 'Subject',
    subjectHint: 'What it is about, in one line',
    description: 'Description',
    descriptionHint:
      'What happens, since when, and what you expected. Access details come in the next step, ' +
      'privately.',
    requester: 'Customer’s id',
    requesterHint: 'Whom the ticket is for',
    submit: 'Open ticket',
    sending: 'Opening …',
    needsSubject: 'Say in a few words what it is about.',
    needsRequester: 'Say whom it is for.',
    withSecret: 'The private form opens as soon as the ticket is there.',
  },

  ticket: {
    back: 'All tickets',
    conversation: 'Conversation',
    credentials: 'Private Credentials',
    details: 'Details',
    views: 'Views of this ticket',
    opened: 'Opened',
    requester: 'Customer',
    assignee: 'Agent',
    nobody: 'Nobody yet',
    home: 'Home',
    status: 'Status',
    take: 'Take this ticket',
    release: 'Give it back',
    resolve: 'Resolve',
    reopen: 'Reopen',
    owned: 'Its status is set by the service it comes from.',
    closed: 'Closed for good. Open a new ticket for anything else.',
    notFound: 'There is no such ticket',
    former: 'This ticket is somebody else’s now',
    notFoundLead: 'It does not exist, or it is not yours to see.',
    meanwhile: 'Somebody else changed this ticket meanwhile. This is how it stands now.',
    noDescription: 'No description.',
    noReplies: 'No replies yet.',
    adminOnly:
      'Conversations are for the customer and agents. You see who did what, and never what was ' +
      'shared.',
  },

  evidence: {
    log: 'Access log',
    noLog: 'Nobody has touched credentials under this ticket.',
    columns: { at: 'When', who: 'Who', action: 'What', outcome: 'Outcome', address: 'From' },
    system: 'The system',
    actions: {
      submit: 'shared',
      reveal: 'viewed',
      edit: 'notes changed',
      delete: 'deleted',
      destroy: 'destroyed',
      request: 'asked for',
      'withdraw-request': 'request withdrawn',
      assign: 'ticket assigned',
      unassign: 'ticket given back',
    } as Readonly<Record<string, string>>,
    assignedTo: (name: string) => `ticket assigned to ${name}`,
    outcomes: { done: 'Done', refused: 'Refused', failed: 'Failed' } as Readonly<
      Record<string, string>
    >,
    receipts: 'Destruction receipts',
    noReceipts: 'Nothing has been destroyed.',
    destroyed: (count: number) =>
      count === 1 ? '1 credential destroyed' : `${count} credentials destroyed`,
    reasons: {
      'ticket-ended': 'the ticket ended',
      expired: 'its time was over',
      withdrawn: 'withdrawn by the customer',
      deleted: 'deleted by an agent',
      reconciled: 'the ticket had ended',
      restored: 'destroyed again after a restore',
    },
  },

  end: {
    resolve: 'Resolve this ticket?',
    close: 'Close this ticket?',
    count: (count: number) =>
      count === 0
        ? 'No credentials are shared under it.'
        : count === 1
          ? '1 credential will be destroyed.'
          : `${count} credentials will be destroyed.`,
    unknown: 'All credentials under it will be destroyed.',
    forGood: 'They cannot be brought back. A receipt is kept.',
    closeForGood: 'A closed ticket cannot be reopened.',
    doResolve: 'Resolve',
    doClose: 'Close',
    keep: 'Keep it as it is',
  },
};
