export { askJson, type Question } from './ask-json.js';
export { type UpstreamAnswer } from './exchange.js';
export { forward } from './forward.js';
export { readUpstreamConfig, type UpstreamConfig } from './upstream-config.js';
export { Upstream, type UpstreamRequest } from './upstream.js';
