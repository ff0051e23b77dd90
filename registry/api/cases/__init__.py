"""Cases as the applicant's side has them: open, fill in, bring papers, hand in, follow, mend, withdraw."""
