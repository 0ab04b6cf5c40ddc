export {
  type Claim,
  claim,
  idempotencyConflict,
  idempotencyGrants,
  type IdempotencyScope,
  idempotencyTable,
  purge,
  readIdempotencyKey,
  redirect,
} from './idempotency.js';
