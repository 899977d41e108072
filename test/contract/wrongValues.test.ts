import { parseRequestSchema } from '../../nodes/shared/models/requestSchema';
import { toBodyParameters } from '../../nodes/shared/parameters/bodyParameters';
import { toParameterLabel } from '../../nodes/shared/parameters/parameterFields';
import { startSandbox, type Sandbox } from '../../sandbox';
import { entryExamples, isLeftEmpty, parameterSchemas, rowOf } from './bodies';
import type { Contract } from './contracts';
import { describeCollections } from './describeCollections';
import { exempt, printExemptions } from './exemptions';
import { flawOf } from './refusal';
import { runRequest } from './runRequest';
import { isRecursive, type Schema } from './schema';
import { print, type DocumentedModel } from './collections';
import { wrongValuesOf, type WrongValue } from './wrongValues';

type NamedWrongValue = WrongValue & { name: string };

describeCollections((collection, endpoints) => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ specs: collection.models });
	});
	afterAll(async () => await sandbox.close());

	describe.each(endpoints)('of $contract.path', ({ contract, models }) => {
		const refused = new Map<string, number>();
		let unsent = 0;

		afterAll(() => {
			printExemptions();
			const kinds = [...refused].map(([fault, count]) => `${count} ${fault}`).join(', ');
			print(
				`contract, wrong values: ${models.length} ${collection.name} models of ${contract.path} ` +
					`refused ${kinds}; ${unsent} of them in the engine, unsent`,
			);
		});

		test.each(models)(
			'$id: the node refuses values just outside the schema and names field and limit',
			(model) => {
				const { id, document } = model;
				const schema = parseRequestSchema(document, contract.path);
				const schemas = Object.entries(parameterSchemas(contract, model));
				const finite = schemas.filter(([, property]) => {
					const isEndless = isRecursive(property, document);
					if (isEndless) exempt('endless');
					return !isEndless;
				});
				const complaints = finite.flatMap(([name, property]) =>
					sentWrongValuesOf(name, property, model).flatMap((wrong) => {
						const parse = () =>
							toBodyParameters({ [name]: wrong.value }, { id, schema, isFallback: false });
						const flaw = flawOf(parse, name, wrong);
						if (flaw) return [{ flaw, name, ...wrong }];
						refused.set(wrong.fault, (refused.get(wrong.fault) ?? 0) + 1);
						return [];
					}),
				);
				expect(complaints).toEqual([]);
			},
		);

		const sample = models.filter((_, index) => index % 10 === 0);
		test.each(sample)('$id: nothing is sent or paid for a wrong value', async (model) => {
			const entries = rowOf(entryExamples(contract, model), 0);
			for (const { name, value } of firstOfEachFault(contract, model)) {
				const { error, calls } = await runRequest(
					sandbox,
					contract,
					model,
					[],
					{ entries },
					{
						modelParameters: {
							mappingMode: 'defineBelow',
							value: { [name]: value },
							schema: [],
						} as never,
					},
				);
				expect(error?.message).toContain(`'${toParameterLabel(name)}'`);
				expect(calls).toEqual([]);
				expect(sandbox.requestLog.usd).toBe(0);
				unsent++;
			}
		});
	});
});

/** The wrong values of a property, without those that aren't sent. */
const sentWrongValuesOf = (name: string, property: Schema, model: DocumentedModel): WrongValue[] =>
	wrongValuesOf(property, model.document).filter(({ value }) => {
		const isLeft = isLeftEmpty(name, value, model);
		if (isLeft) exempt('leftEmpty');
		return !isLeft;
	});

function firstOfEachFault(contract: Contract, model: DocumentedModel): NamedWrongValue[] {
	const all = Object.entries(parameterSchemas(contract, model)).flatMap(([name, schema]) =>
		sentWrongValuesOf(name, schema, model).map((wrong) => ({ name, ...wrong })),
	);
	return [...new Map(all.map((wrong) => [wrong.fault, wrong])).values()];
}
