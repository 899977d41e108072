import type { INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	extraBodyOption,
	modelParametersField,
} from '../../shared/descriptions/model';
import {
	costLimitOption,
	executionCostLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	lookUpOptionsField,
	maxRateLimitWaitOption,
	maxRetriesOption,
	optionsField,
	requestIdOption,
	simplifyField,
	simplifyOption,
	timeoutOption,
} from '../../shared/descriptions/options';

/** Fields that operations with a model have before 'Options'. */
export const commonModelFields: INodeProperties[] = [
	modelParametersField,
	extraBodyField,
	simplifyField,
];

/** 'Options' of an operation with a model: its own, and those that all have unless it replaces them. */
export const createModelOptions = (...own: INodeProperties[]): INodeProperties =>
	toOptionsField(
		[
			costLimitOption,
			executionCostLimitOption,
			extraBodyOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			maxRateLimitWaitOption,
			requestIdOption,
			simplifyOption,
			timeoutOption,
		],
		own,
	);

/** 'Options' of an operation that only reads data, with its own options. */
export const createLookUpOptions = (...own: INodeProperties[]): INodeProperties =>
	toOptionsField(lookUpOptionsField.options as INodeProperties[], own);

/** Sorted by display name, as n8n requires. */
const toOptionsField = (common: INodeProperties[], own: INodeProperties[]): INodeProperties => ({
	...optionsField,
	options: [
		...common.filter(({ name }) => !own.some((option) => option.name === name)),
		...own,
	].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
});
