export const serviceNames = ['tickets', 'credentials', 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];
