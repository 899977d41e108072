import { print } from './collections';

/** What the schemas allow and the node handles differently on purpose. */
const EXEMPTIONS = {
	silent: {
		what: 'assistant messages without content and tool calls are not tried',
		why: 'the node refuses empty messages before anything is paid for',
	},
	withoutText: {
		what: "a message's content that is null or left out arrives as ''",
		why: 'every model accepts that with tool calls, and many refuse null',
	},
	endless: {
		what: 'wrong values are not tried for a property with a recursive schema',
		why: 'the node checks such a schema only down to where it recurs',
	},
	leftEmpty: {
		what: 'an empty optional list or object is not checked against its schema',
		why: 'an untouched field has this value, and the node does not send it',
	},
	pages: {
		what: 'only page numbers of a document with three pages are entered',
		why: 'the schema says only that they are a text, a list or an object',
	},
	streamed: {
		what: 'an item with streamed speech has no cost',
		why: 'only JSON responses of the API have it, in headers and body',
	},
	loneText: {
		what: 'a list with a single text to embed arrives as that text',
		why: 'the node sends the texts of all items together and does not keep the form of each',
	},
};

export type Exemption = keyof typeof EXEMPTIONS;

const counts = new Map<Exemption, number>();

/** Counts a case of an exemption. */
export function exempt(reason: Exemption): void {
	counts.set(reason, (counts.get(reason) ?? 0) + 1);
}

/** Prints the exemptions since the last call, with the number of cases of each. */
export function printExemptions(): void {
	for (const [reason, count] of counts) {
		const { what, why } = EXEMPTIONS[reason];
		print(`contract, exempt in ${count} cases: ${what}, since ${why}`);
	}
	counts.clear();
}
