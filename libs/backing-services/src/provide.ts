import { type InjectionToken, type Provider } from '@nestjs/common';

/** A part that is known when the module is made, such as a setting. */
class Given<T> {
  constructor(readonly value: T) {}
}

type PartsOf<Parts extends unknown[]> = {
  [At in keyof Parts]: { readonly prototype: Parts[At] } | Given<Parts[At]>;
};

export const given = <T>(value: T): Given<T> => new Given(value);

/**
 * Provides a plain class, which knows no framework: so its parts are named where it is
 * wired, and the compiler compares them with its constructor, in their order.
 * @param parts classes that Nest provides, or values that are {@link given}
 */
export const provide = <Parts extends unknown[]>(
  type: new (...parts: Parts) => object,
  parts: PartsOf<NoInfer<Parts>>,
): Provider => ({
  provide: type,
  useFactory: (...provided: unknown[]) => {
    const rest = provided.values();
    const all = parts.map((part) => (part instanceof Given ? part.value : rest.next().value));
    return new type(...(all as Parts));
  },
  inject: parts.filter((part) => !(part instanceof Given)) as InjectionToken[],
});
