export { askJson, type Question } from './ask-json.js';
export { forward } from './forward.js';
export { readUpstreamConfig, type UpstreamConfig } from './upstream-config.js';
export { Upstream, type UpstreamAnswer, type UpstreamRequest } from './upstream.js';
