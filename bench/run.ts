/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs on the developer's machine, never inside n8n */
import { UserFacingError, userMessage } from '../harness/errors';
import { step } from '../harness/progress';
import { writeSection } from './page';
import { agents } from './sections/agents';
import { cpu } from './sections/cpu';
import { editor } from './sections/editor';
import { firstToken } from './sections/firstToken';
import { growth } from './sections/growth';
import { limits } from './sections/limits';
import { memory } from './sections/memory';
import { packageSize } from './sections/packageSize';
import type { Section } from './sections/section';
import { shared } from './sections/shared';
import { slowAnswer } from './sections/slowAnswer';
import { soak } from './sections/soak';
import { throughput } from './sections/throughput';

const SECTIONS: Section[] = [
	packageSize,
	editor,
	throughput,
	cpu,
	growth,
	memory,
	soak,
	firstToken,
	agents,
	limits,
	slowAnswer,
	shared,
];

function chosen(names: string[]): Section[] {
	const known = SECTIONS.map(({ name }) => name);
	const unknown = names.find((name) => !known.includes(name));
	if (unknown) {
		throw new UserFacingError(`There is no section '${unknown}'. Sections: ${known.join(', ')}`);
	}
	return names.length ? SECTIONS.filter(({ name }) => names.includes(name)) : SECTIONS;
}

/** `npm run bench -- [section…]`: measures and writes the results to docs/benchmarks.md. */
async function bench(): Promise<void> {
	for (const { name, title, measure } of chosen(process.argv.slice(2))) {
		const content = await step(`Measuring: ${title}`, measure);
		console.log(content);
		await writeSection(name, title, content);
	}
}

void bench().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(userMessage(error));
		process.exit(1);
	},
);
