export {
  type Claim,
  claim,
  idempotencyConflict,
  idempotencyGrants,
  type IdempotencyScope,
  idempotencyTable,
  purge,
  readIdempotencyKey,
} from './idempotency.js';
