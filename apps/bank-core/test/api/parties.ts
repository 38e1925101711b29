/** Two intermediaries with an agreement over every institution, where the seed has not made them. */
export const PARTIES: readonly string[] = [
  `insert into federation.intermediary (id, name_ja, name_kana, name_en, registration, contact_ja, contact_en, status)
   values ('epsp_01j0000000000000000000mnat', '株式会社みなと家計', 'ミナトカケイ', 'Minato Kakei',
           '関東財務局長（電代）第901号', '窓口', 'desk', 'active'),
          ('epsp_01j0000000000000000000abft', 'あおばフィンテック株式会社', 'アオバフィンテック', 'Aoba Fintech',
           '関東財務局長（電代）第902号', '窓口', 'desk', 'active')
   on conflict do nothing`,
  `insert into federation.agreement (id, intermediary_id, version, effective_from)
   select 'agr_' || substr(i.id, 6), i.id, 1, date '2026-01-01' from federation.intermediary i
   where not exists (select from federation.agreement a where a.intermediary_id = i.id)`,
  `insert into federation.agreement_institution (agreement_id, institution_id, covered_from)
   select a.id, n.id, date '2026-01-01' from federation.agreement a cross join institution n
   where not exists (select from federation.agreement_institution)`,
];
