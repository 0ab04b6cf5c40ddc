export {
  type Claim,
  claim,
  idempotencyConflict,
  idempotencyGrants,
  type IdempotencyScope,
  idempotencyTable,
  isRemembered,
  purge,
  readIdempotencyKey,
  redirect,
} from './idempotency.js';
