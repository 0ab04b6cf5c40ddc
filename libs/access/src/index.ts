export {
  type AccessSubject,
  type AgentAccess,
  agentAccessPolicies,
  decide,
  type Decision,
  type TicketAction,
  ticketActions,
} from './decide.js';
