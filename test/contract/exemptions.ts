import { print } from './surroundings';

/** What schemas allow and the node does otherwise, with its reason. */
const exemptions = {
	silent: {
		what: 'messages of an assistant without content and without tool calls are not tried',
		why: 'they say nothing, and the node refuses them as empty before they cost anything',
	},
	withoutText: {
		what: "a message's content that is null or left out arrives as ''",
		why: 'every model takes it beside tool calls, and many refuse null',
	},
	endless: {
		what: 'a property whose schema contains itself is not held against wrong values',
		why: 'the node checks such a schema only down to where it begins again',
	},
	leftEmpty: {
		what: 'an optional list or object that is left empty is not held against its schema',
		why: 'its field opens so, and the node does not send it',
	},
	pages: {
		what: 'numbers of pages are entered as documents of three pages have them',
		why: 'a schema says no more than that they are text, a list or an object',
	},
	streamed: {
		what: 'speech that arrives as bytes has no cost on its item',
		why: 'the API tells it in the headers and bodies of JSON answers only',
	},
	loneText: {
		what: 'a list of a single text to embed arrives as that text',
		why: 'texts of all items are sent together, so that how one item held its own is not kept',
	},
};

export type Exemption = keyof typeof exemptions;

const counts = new Map<Exemption, number>();

/** Counts a case that an exemption was made for. */
export function exempt(reason: Exemption): void {
	counts.set(reason, (counts.get(reason) ?? 0) + 1);
}

/** Prints the exemptions made since the last time, with how many cases each was made for. */
export function printExemptions(): void {
	for (const [reason, count] of counts) {
		const { what, why } = exemptions[reason];
		print(`contract, exempt in ${count} cases: ${what}, since ${why}`);
	}
	counts.clear();
}
