export {
  claim,
  idempotencyConflict,
  type IdempotencyScope,
  isRemembered,
  purge,
  readIdempotencyKey,
  redirect,
} from './idempotency.js';
export { idempotencySchema } from './idempotency-schema.js';
export { type Claimed, claiming, forgetting, type Remembered, remembered } from './many-keys.js';
