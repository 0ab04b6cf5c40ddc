export { readBrokerUrl } from './broker-url.js';
export { ConfigError } from './config-error.js';
export { type Environment, EnvironmentReader, readEnvironment } from './environment-reader.js';
export { isLoopback, readSecureUrls } from './secure-urls.js';
export { readTlsConfig, type TlsConfig } from './tls-config.js';
