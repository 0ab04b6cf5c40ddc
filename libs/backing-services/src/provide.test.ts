import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { given, provide } from './provide.js';

class Clock {
  readonly now = () => 1;
}

class Alarm {
  constructor(
    readonly seconds: number,
    readonly clock: Clock,
    readonly text: string,
  ) {}
}

describe('provide', () => {
  it('makes a class from what Nest provides and from what is given, each at its place', async () => {
    class AlarmModule {}
    Module({
      providers: [provide(Clock, []), provide(Alarm, [given(7), Clock, given('late')])],
    })(AlarmModule);
    const context = await NestFactory.createApplicationContext(AlarmModule, { logger: false });
    const alarm = context.get(Alarm);
    expect([alarm.seconds, alarm.text]).toEqual([7, 'late']);
    expect(alarm.clock).toBe(context.get(Clock));
    await context.close();
  });

  it('does not compile with a part of another kind, nor without one', () => {
    // @ts-expect-error a text is no clock
    const another = provide(Alarm, [given(7), given('now'), given('late')]);
    // @ts-expect-error the text is missing
    const fewer = provide(Alarm, [given(7), Clock]);
    expect([another, fewer]).toHaveLength(2);
  });
});
