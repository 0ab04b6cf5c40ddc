export {
  Access,
  Authenticated,
  DenyByDefaultGuard,
  Public,
  Roles,
  TicketAccess,
} from './access.js';
export { isOpen, type OnAuthenticated } from './authentication.js';
export { addressOf, clientAddressHeader, clientAddressOf } from './client-address.js';
export { createService, type HttpService, type ServiceOptions } from './create-service.js';
export { Drain } from './drain.js';
export { entityTag, namesTag, readIfMatch } from './entity-tag.js';
export { networkOf } from './ip-address.js';
export { bodyLimit, jsonOf } from './json-body.js';
export { PageParameters } from './page-parameters.js';
export { actorOf, ClientAddress, CurrentActor, RequestId } from './parameters.js';
export { parseBody, parseQuery } from './parse.js';
export { Polled } from './polled.js';
export { problemContentType, sendProblem } from './problem-filter.js';
export { listen, runService, stop } from './run.js';
export { readServerConfig, type ServerConfig } from './server-config.js';
export { type ErrorClassifier, toProblem } from './to-problem.js';
export { readTrustedProxies, type TrustedProxies } from './trusted-proxies.js';
export { watchServiceToken } from './watch-service-token.js';
