import { type paths } from './schema.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Options of a call. All but the signal is sent. */
export interface CallOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string | number>>;
    readonly header?: Readonly<Record<string, string>>;
  };
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The answer to a call: `data` of a success, or a problem document in `error`. */
export interface CallResult<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The calls of the OpenAPI document, with the types of their options and answers. */
export type Api = {
  readonly [M in Method]: <P extends PathOf<M>>(
    path: P,
    ...options: OptionsArgument<OptionsOf<Operation<M, P>>>
  ) => Promise<CallResult<Answer<Operation<M, P>>>>;
};

type Operation<M extends Method, P extends keyof paths> = NonNullable<paths[P][Lowercase<M>]>;
type PathOf<M extends Method> = {
  [P in keyof paths]: [Operation<M, P>] extends [never] ? never : P;
}[keyof paths];

/** The options may be left out if all of them are optional. */
type OptionsArgument<F> = object extends F ? [options?: F] : [options: F];
type OptionsOf<O> = Params<O> & Body<O> & { readonly signal?: AbortSignal };
type Params<O> = O extends { parameters: infer P }
  ? OptionalWhenEmpty<
      'params',
      { [K in keyof P as NonNullable<P[K]> extends never ? never : K]: P[K] }
    >
  : unknown;
type Body<O> = O extends { requestBody?: never }
  ? unknown
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? OptionalWhenEmpty<'body', B>
    : unknown;
type OptionalWhenEmpty<Name extends string, T> = object extends T
  ? { readonly [K in Name]?: T }
  : { readonly [K in Name]: T };

type Answer<O> = O extends { responses: infer R } ? JsonOf<R[keyof R & (200 | 201 | 204)]> : never;
type JsonOf<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
