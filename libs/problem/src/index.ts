export {
  type FaultCode,
  faultCodes,
  type FieldFault,
  Problem,
  type ProblemCode,
  type ProblemDocument,
  problems,
  toProblemDocument,
} from './problem.js';
export { unknownField } from './unknown-field.js';
