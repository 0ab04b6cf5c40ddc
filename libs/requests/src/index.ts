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
