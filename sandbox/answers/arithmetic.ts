const NUMBER = String.raw`\d+(?:\.\d+)?`;
const EXPRESSION = new RegExp(String.raw`${NUMBER}(?:\s*[-+*/]\s*${NUMBER})+`);
const TWO_NUMBERS = new RegExp(String.raw`^(${NUMBER})\s*([-+*/])\s*(${NUMBER})$`);

/** The first arithmetic expression in a text, e.g. `17 * 23`. */
export const expressionIn = (text: string): string | undefined => EXPRESSION.exec(text)?.[0];

/** The value of an expression of two numbers; `undefined` for anything longer. */
export function evaluate(expression: string): number | undefined {
	const [, left, operator, right] = TWO_NUMBERS.exec(expression) ?? [];
	const [a, b] = [Number(left), Number(right)];
	switch (operator) {
		case '+':
			return a + b;
		case '-':
			return a - b;
		case '*':
			return a * b;
		case '/':
			return a / b;
		default:
			return undefined;
	}
}
