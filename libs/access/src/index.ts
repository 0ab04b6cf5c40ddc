export {
  type AccessSubject,
  type AgentAccess,
  agentAccessPolicies,
  decide,
  type Decision,
  mayDelete,
  type TicketAction,
  ticketActions,
} from './decide.js';
