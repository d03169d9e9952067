const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const money = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** With one place after the point, where there is something to put there. */
export function oneDecimal(value: number): string {
  return decimal.format(value);
}

/** An amount of a currency. */
export function amount(value: number, currency: string): string {
  return `${money.format(value)} ${currency}`;
}

/** With its sign, whichever it is. */
export function signed(value: number, format: (value: number) => string) {
  const told = format(Math.abs(value));
  if (told === format(0)) return told;
  return `${value > 0 ? '+' : '−'}${told}`;
}
