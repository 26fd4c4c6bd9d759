import type { Random } from '../core/random.js';
import type { CustomAttribute, Profile } from '../state/records.js';
import { jobTitles, locations } from './names.js';

/** Profiles that seeded users share; sharing keeps accounts of a million users small. */
export function seedProfiles(random: Random, attributes: readonly CustomAttribute[]): readonly Profile[] {
  return Array.from({ length: 60 }, (_, index) => {
    const filled = index % 6 !== 0;
    return {
      ...(filled && {
        job_title: random.pick(jobTitles),
        company: 'Example Inc.',
        location: random.pick(locations),
        cost_center: `CC-${100 + (index % 7)}`,
        manager: 'admin1@example.com',
      }),
      ...(index % 5 === 1 && { custom_attributes: valuesOf(attributes, index) }),
      ...(index % 5 === 2 && { phone_numbers: [officePhone(index)] }),
      ...(index % 20 === 3 && { plan_united_type: '1' }),
      ...(index % 20 === 4 && { license_info_list: [bundle(index)] }),
    };
  });
}

function valuesOf(attributes: readonly CustomAttribute[], index: number): CustomAttribute[] {
  return attributes.map((attribute) => ({ ...attribute, value: `${attribute.name} ${index}` }));
}

function officePhone(index: number): NonNullable<Profile['phone_numbers']>[number] {
  return { country: 'US', code: '+1', number: `51255501${String(index).padStart(2, '0')}`, label: 'Office' };
}

function bundle(index: number): NonNullable<Profile['license_info_list']>[number] {
  return {
    license_type: 'ZOOM_WORKPLACE_BUNDLE',
    license_option: 16,
    subscription_id: `SUBREF-${100000 + index}-AAAAAA`,
  };
}
