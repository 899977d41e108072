import type { LoggedCall } from '../../sandbox';
import type { NodeRunResult } from './runNode';

/** What the API charged and what a run reports of it, in US dollars. */
export interface Ledger {
	paid: number;
	/** On its items, in its errors, or in the error that stopped it. */
	told: number;
	/** Whether an error says that a call of unknown cost may have been charged. */
	isOpen: boolean;
}

/** @param calls those of the run */
export function ledgerOf({ items, errorItems, error }: NodeRunResult, calls: LoggedCall[]): Ledger {
	const jsons = [...items, ...errorItems].map(({ json }) => json as Told);
	const texts = [...jsons.map((json) => json.error), error].map((one) => one?.description ?? '');
	return {
		paid: sum(calls.map(({ usd }) => usd)),
		told: error
			? Number(/Spent in this run: \$([\d.e-]+)/.exec(error.description ?? '')?.[1] ?? 0)
			: sum(jsons.flatMap(({ cost, error: failed }) => [cost?.usd ?? 0, failed?.cost?.usd ?? 0])),
		isOpen: texts.some((text) => text.includes('may have been charged')),
	};
}

/** An item, or the error in its place. */
interface Told {
	cost?: { usd: number };
	error?: { description?: string; cost?: { usd: number } };
}

const sum = (figures: number[]): number => figures.reduce((total, figure) => total + figure, 0);

/** Whether all charges are reported, to a ten-millionth of a dollar, or said to be unknown. */
export const isBalanced = ({ paid, told, isOpen }: Ledger): boolean =>
	Math.abs(paid - told) < 1e-7 || (isOpen && told < paid);
