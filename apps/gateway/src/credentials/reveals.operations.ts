import { type OperationGroup } from '../forwarding/operation.js';

/** The only answers that hold plaintext. */
export const reveals: OperationGroup = {
  owner: 'credentials',
  at: '/v1/tickets/:ticketId/credentials',
  name: 'Credentials',
  operations: {
    revealAll: {
      method: 'POST',
      path: '/reveal',
      summary: 'Reveal all',
      body: 'RevealRequest',
      bodyOptional: true,
      answer: 'RevealedCredentialResponse',
      list: 'items',
      problems: ['ticket-ended'],
    },
    revealOne: {
      method: 'POST',
      path: '/:credentialId/reveal',
      summary: 'Reveal one',
      body: 'RevealRequest',
      bodyOptional: true,
      answer: 'RevealedCredentialResponse',
      problems: ['ticket-ended'],
    },
  },
};
