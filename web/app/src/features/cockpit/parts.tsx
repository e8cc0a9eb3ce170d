/** What the cockpit and the big screen share. */

/** 0 to 100 of the most there is, as a step of the ground's colour. */
export const heat = (n: number, most: number): number =>
  most <= 0 || n <= 0 ? 0 : Math.max(1, Math.ceil((n / most) * 9))
