export {
  CreateReplyRequest,
  CreateTicketRequest,
  EditNoteRequest,
  RequestCredentialsRequest,
  RevealRequest,
  StatusField,
  SubmitCredentialRequest,
  UpdateTicketRequest,
} from './bodies.js';
export { PersonField } from './fields.js';
export { PageParameters } from './page-parameters.js';
export { decodeBody, parseBody, parseQuery } from './validate-fields.js';
